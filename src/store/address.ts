// The address of a database server, as it is given and as it is shown: never with its password.

/** What a URL may begin with. */
const SCHEMES = ['postgres:', 'postgresql:'];

/** A URL whose host is left out, for the socket in the usual place, is one too. */
const parsed = (address: string): URL | undefined => {
  for (const text of [address, address.replace(/^(\w+:\/\/)([^/@]*@)?\//, '$1$2localhost/')])
    if (URL.canParse(text)) return new URL(text);
  return undefined;
};

export const isAddress = (address: string): boolean => SCHEMES.includes(parsed(address)?.protocol ?? '');

const HIDDEN = '(hidden)';

/** The address without its password, wherever it stands in it. What is no address is not shown at all. */
export const shownAddress = (address: string): string => {
  if (!isAddress(address)) return HIDDEN;
  return address
    .replace(/^(\w+:\/\/[^:@/?#]*):.*@(?=[^@]*$)/, '$1@')
    .replace(/([?&](?:password|sslpassword)=)[^&#]*/gi, `$1${HIDDEN}`);
};
