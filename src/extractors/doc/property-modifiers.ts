/** One property change ("sprm", [MS-DOC] 2.6): its code and the bytes of its operand, length prefix taken off. */
export interface PropertyModifier {
  readonly code: number;
  readonly operand: Uint8Array;
}

export const SPRM = {
  // Paragraphs, [MS-DOC] 2.6.2
  paragraphStyle: 0x4600,
  inTable: 0x2416,
  tableRowEnd: 0x2417,
  tableDepth: 0x6649,
  tableDepthChange: 0x664a,
  innerCellEnd: 0x244b,
  innerRowEnd: 0x244c,
  listLevel: 0x260a,
  listOverride: 0x460b,
  outlineLevel: 0x2640,
  hugeProperties: 0x6646,
  hugePropertiesOld: 0x6645,
  tableProperties: 0x646b,
  changedTabs: 0xc615,
  // Characters, [MS-DOC] 2.6.1
  deletedByRevision: 0x0800,
  hidden: 0x083c,
  struckOnce: 0x0837,
  struckTwice: 0x2a53,
  special: 0x0855,
  symbol: 0x6a09,
  raisedOrLowered: 0x2a48,
  characterStyle: 0x4a30,
  plain: 0x2a33,
  // Tables, [MS-DOC] 2.6.3
  tableDefinition: 0xd608,
  verticalMerge: 0xd62b,
  mergeCells: 0x5624,
  splitCells: 0x5625,
  insertCells: 0x7621,
  deleteCells: 0x5622,
  columnWidth: 0x7623,
} as const;

/** Bytes of the operand by the three highest bits of the code (spra); 6 is told by the operand itself. */
const OPERAND_BYTES: readonly number[] = [1, 1, 2, 4, 2, 2, 0, 3];
const VARIABLE_SIZE = 6;

/** Splits a grpprl into its modifiers; a last one that is cut off is left out. */
export function readModifiers(bytes: Uint8Array): PropertyModifier[] {
  const view = viewOf(bytes);
  const modifiers: PropertyModifier[] = [];
  let at = 0;
  while (at + 2 <= bytes.length) {
    const code = view.getUint16(at, true);
    at += 2;
    const { prefix, size } = operandExtent(code, bytes, at);
    if (at + prefix + size > bytes.length) break;
    modifiers.push({ code, operand: bytes.subarray(at + prefix, at + prefix + size) });
    at += prefix + size;
  }
  return modifiers;
}

function operandExtent(code: number, bytes: Uint8Array, at: number): { prefix: number; size: number } {
  const spra = code >> 13;
  if (spra !== VARIABLE_SIZE) return { prefix: 0, size: OPERAND_BYTES[spra] ?? 0 };
  const first = bytes[at] ?? 0;
  // TDefTableOperand ([MS-DOC] 2.9.321): a two-byte count, one more than what follows it.
  if (code === SPRM.tableDefinition)
    return { prefix: 2, size: Math.max(0, first + 256 * (bytes[at + 1] ?? 0) - 1) };
  if (code === SPRM.changedTabs && first === 255) {
    // PChgTabsOperand ([MS-DOC] 2.9.182): too long for its count byte, so the two lists inside tell.
    const deleted = bytes[at + 1] ?? 0;
    const added = bytes[at + 2 + 4 * deleted] ?? 0;
    return { prefix: 1, size: 2 + 4 * deleted + 3 * added };
  }
  return { prefix: 1, size: first };
}

/** Unsigned little-endian number of the operand's first bytes (at most four). */
export function operandNumber(operand: Uint8Array): number {
  let value = 0;
  for (let i = Math.min(4, operand.length) - 1; i >= 0; i--) value = value * 256 + (operand[i] ?? 0);
  return value;
}

/** A DataView on exactly the bytes of `bytes`. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
