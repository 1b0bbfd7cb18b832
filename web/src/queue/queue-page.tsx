export function QueuePage(_props: { readonly query?: URLSearchParams }) { return <p class="page">Queue</p>; }
