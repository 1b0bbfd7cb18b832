export function OverviewPage(_props: { readonly query?: URLSearchParams }) { return <p class="page">Overview</p>; }
