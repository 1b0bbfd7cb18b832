/** Character sets by font (`\fcharset`) and by code page (`\ansicpg`), as labels of the platform's decoders. */
const LABEL_BY_CHARSET: Readonly<Record<number, string>> = {
  128: 'shift_jis',
  129: 'euc-kr',
  134: 'gb18030',
  136: 'big5',
};
const LABEL_BY_CODE_PAGE: Readonly<Record<number, string>> = {
  932: 'shift_jis',
  936: 'gb18030',
  949: 'euc-kr',
  950: 'big5',
  54936: 'gb18030',
  65001: 'utf-8',
};
const WESTERN = 'windows-1252';
const decoders = new Map<string, InstanceType<typeof TextDecoder>>();

/**
 * Decodes a run of bytes: by the font's character set where that is East Asian, otherwise by the document's code page.
 * (Writers put Chinese bytes under fonts declared Western, so the code page is asked second, not "Western" at once.)
 */
export function decodeBytes(bytes: readonly number[], charset: number | null, codePage: number): string {
  const label = LABEL_BY_CHARSET[charset ?? 0] ?? LABEL_BY_CODE_PAGE[codePage] ?? WESTERN;
  const decoder = decoders.get(label) ?? new TextDecoder(label);
  decoders.set(label, decoder);
  return decoder.decode(Uint8Array.from(bytes));
}
