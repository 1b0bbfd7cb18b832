export function HistoryPage(_props: { readonly documentId: string; readonly cell: string | null }) { return <p class="page">History</p>; }
