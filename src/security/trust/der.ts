// DER taken apart by hand, where a schema would take more of it apart than is wanted: one level, tags and contents.

/** A value: its tag octet, and what stands behind tag and length. */
export interface Element {
  readonly tag: number;
  readonly value: Buffer;
}

/**
 * The values that stand one behind the other in these octets.
 *
 * @throws Error where they are no DER: a tag of several octets, an indefinite length, an end before its time
 */
export const elementsOf = (octets: Buffer): Element[] => {
  const found: Element[] = [];
  for (let at = 0; at < octets.length; ) {
    const tag = octets[at] ?? 0;
    let length = octets[at + 1] ?? -1;
    let start = at + 2;
    if ((tag & 0x1f) === 0x1f || length < 0 || length === 0x80 || length > 0x84) throw new Error('no DER');
    if (length > 0x80) {
      const count = length - 0x80;
      if (start + count > octets.length) throw new Error('no DER');
      length = octets.readUIntBE(start, count);
      start += count;
    }
    if (start + length > octets.length) throw new Error('no DER');
    found.push({ tag, value: octets.subarray(start, start + length) });
    at = start + length;
  }
  return found;
};
