// Serial numbers of certificates in their several forms: octets in lists, hexadecimal in node:crypto, decimal in messages.
//
// RFC 5280 §4.1.2.2 has them positive, and asks readers to bear with authorities that gave negative ones.

/** The form in which the numbers of lists and certificates are compared. */
export const serialKey = (serial: string): string => serial.toUpperCase().replace(/^(-?)0+(?=.)/, '$1');

/** The number from the octets of its INTEGER in hexadecimal, with a minus where it is negative. */
export const serialText = (octets: ArrayBuffer): string => {
  const digits = Buffer.from(octets).toString('hex') || '0';
  return BigInt.asIntN(digits.length * 4, BigInt(`0x${digits}`))
    .toString(16)
    .toUpperCase();
};

/** The decimal number, as ds:X509SerialNumber has it, from what node:crypto prints. */
export const serialDecimal = (serial: string): string =>
  serial.startsWith('-') ? `-${BigInt(`0x${serial.slice(1)}`)}` : BigInt(`0x${serial}`).toString();
