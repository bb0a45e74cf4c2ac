// Texts and octets as one text in UTF-8: a long one is put together once, and never stands in memory as a string.

/** The parts behind each other; texts become UTF-8. */
export const joinOctets = (parts: readonly (string | Buffer)[]): Buffer => {
  let length = 0;
  for (const part of parts) length += Buffer.byteLength(part);
  const octets = Buffer.allocUnsafe(length);
  let at = 0;
  for (const part of parts)
    at += typeof part === 'string' ? octets.write(part, at, 'utf8') : part.copy(octets, at);
  return octets;
};
