export function AgencyPage(_props: { readonly name: string }) { return <p class="page">Agency</p>; }
