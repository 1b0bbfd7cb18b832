export function ComparePage(_props: { readonly query: URLSearchParams }) { return <p class="page">Compare</p>; }
