/**
 * Text that no spreadsheet runs as a formula: what starts with a sign that begins one (OWASP, "CSV injection") gets
 * an apostrophe before it, and control characters that no cell can hold are left out.
 */
export function safeText(text: string): string {
  const clean = withoutControls(text);
  return /^\s*[=+\-@|＝＋－＠]/.test(clean) || /^[\t\r\n]/.test(clean) ? `'${clean}` : clean;
}

/** Without the control characters that XML 1.0 and spreadsheets do not know; tab and line ends stay. */
export function withoutControls(text: string): string {
  return text.replace(/(?![\t\n\r])\p{Cc}|[\ud800-\udfff\ufffe\uffff]/gu, '');
}
