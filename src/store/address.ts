// The address of a database server, as it is given and as it is shown: never with its password.

const SCHEME = /^postgres(?:ql)?:\/\//i;

/** A URL whose host is left out, for the socket in the usual place, is one too, and one that names several hosts. */
export const isAddress = (address: string): boolean =>
  SCHEME.test(address) &&
  [
    address,
    address.replace(/^(\w+:\/\/)([^/@]*@)?\//, '$1$2localhost/'),
    address.replace(/^(\w+:\/\/(?:[^/?#]*@)?[^,/?#]*),[^/?#]*/, '$1'),
  ].some((text) => URL.canParse(text));

/** Parameters that hold no secret; of any other one the value is hidden, whatever it is. */
const SHOWN = /^(?:host|port|user|application_name|options|sslmode|sslrootcert|sslcert|sslkey)$/;

const HIDDEN = '(hidden)';

/** The address without its password, wherever it stands in it. What is no address is not shown at all. */
export const shownAddress = (address: string): string => {
  if (!isAddress(address)) return HIDDEN;
  return address
    .replace(/^(\w+:\/\/[^:@/?#]*):.*@(?=[^@]*$)/s, '$1@')
    .replace(/#.*$/s, `#${HIDDEN}`)
    .replace(/([?&]([^=&]*)=)([^&]*)/g, (all, head: string, name: string) =>
      SHOWN.test(name) ? all : head + HIDDEN,
    );
};
