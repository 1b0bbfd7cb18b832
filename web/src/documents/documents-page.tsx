export function DocumentsPage(_props: { readonly query?: URLSearchParams }) { return <p class="page">Documents</p>; }
