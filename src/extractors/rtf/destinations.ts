/**
 * What the text of a group is. `body` and `furniture` are read; `fonts` gives character sets; `nested-row` holds the
 * shape of a nested table's row; `note` holds foot- and endnotes, which stand behind the body; `skipped` is left out; `inherited` (only in the table below) goes on as around it.
 */
export type Destination = 'body' | 'furniture' | 'note' | 'fonts' | 'nested-row' | 'skipped' | 'inherited';

const FURNITURE = 'header headerl headerr headerf footer footerl footerr footerf';
const SKIPPED =
  'colortbl stylesheet info pict nonshppict object objdata fldinst listtable listoverridetable revtbl rsidtbl ' +
  'generator themedata colorschememapping latentstyles datastore xmlnstbl filetbl pn sp sn sv bkmkstart bkmkend ' +
  'annotation atnid atnauthor atnref atndate atrfstart atrfend template pgptbl mmathPr wgrffmtfilter userprops ' +
  'nonesttables ftnsep ftnsepc aftnsep aftnsepc pntxta pntxtb falt panose fontemb fontfile tc xe';
/** Starred groups that hold text all the same: text boxes, list labels, field results, nested rows. */
const INHERITED = 'shpinst shptxt shppict listtext pntext fldrslt dptxbxtext result field';

/** Control words that start a group's destination. Other starred groups are skipped, as the specification asks. */
export const DESTINATIONS: ReadonlyMap<string, Destination> = new Map([
  ...FURNITURE.split(' ').map((name): [string, Destination] => [name, 'furniture']),
  ...SKIPPED.split(' ').map((name): [string, Destination] => [name, 'skipped']),
  ...INHERITED.split(' ').map((name): [string, Destination] => [name, 'inherited']),
  ['footnote', 'note'],
  ['fonttbl', 'fonts'],
  ['nesttableprops', 'nested-row'],
]);
