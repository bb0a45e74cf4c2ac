// By which names the emulator may be asked where nothing else keeps strangers out: no page in a browser can bring another.

/** What a request says of where it goes and where it comes from. */
export interface Addressed {
  /** The Host header. */
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly protocol: string;
  /** The address of this machine that the connection came in at. */
  readonly localAddress: string | undefined;
}

/** Why a request is refused for its Host or its Origin: what was expected, what was found, what to do. */
export interface StrangeAddress {
  readonly header: 'Host' | 'Origin';
  readonly expected: string;
  readonly found: string;
  readonly remedy: string;
}

/** Judges the origin alone, or origin and host; undefined: there is nothing against the request. */
export interface HostRule {
  readonly origin: (request: Addressed) => StrangeAddress | undefined;
  readonly all: (request: Addressed) => StrangeAddress | undefined;
}

export interface HostSettings {
  /** The address that is listened on. */
  readonly host: string;
  readonly publicUrl?: string | undefined;
  readonly allowHost: readonly string[];
  /** The names of the server's certificate that were asked for. */
  readonly tlsName?: readonly string[];
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/;
const LONGEST = 100;

/** A name as it is compared: without port, brackets, final dot and capitals. */
const nameIn = (host: string): string =>
  host
    .trim()
    .toLowerCase()
    .replace(/^\[([^\]]*)\](?::\d*)?$|^([^:]*):\d*$/, '$1$2')
    .replace(/\.$/, '')
    .replace(/^::ffff:(?=\d+\.)/, '');

/**
 * The rule on Host and Origin. A page of another site can make a browser send requests here: it then brings its own Origin,
 * or, after it pointed a name of its own at this machine (DNS rebinding), that name as Host.
 */
export const createHostRule = ({ host, publicUrl, allowHost, tlsName = [] }: HostSettings): HostRule => {
  const ofUrl = publicUrl === undefined ? undefined : new URL(publicUrl);
  const names = new Set([host, ...(ofUrl ? [ofUrl.host] : []), ...allowHost, ...tlsName].map(nameIn));

  const origin = ({ origin: from, protocol, host: asked = '' }: Addressed): StrangeAddress | undefined => {
    const own = `${protocol}://${asked}`;
    if (from === undefined || from === own || from === ofUrl?.origin) return undefined;
    return {
      header: 'Origin',
      expected: 'no page of another site',
      found: from.slice(0, LONGEST),
      remedy: 'call it from a program; a page may call it only from the address that it was loaded from',
    };
  };
  const hostOf = ({ host: asked, localAddress = '' }: Addressed): StrangeAddress | undefined => {
    // Every browser sends one; what sends none is no browser.
    if (asked === undefined) return undefined;
    const name = nameIn(asked);
    // Who names the address that the connection came in at was not led here by a name.
    if (LOOPBACK.test(name) || names.has(name) || name === nameIn(localAddress)) return undefined;
    return {
      header: 'Host',
      expected: `localhost, 127.0.0.1, [::1]${[...names].map((known) => `, ${known}`).join('')}`,
      found: asked.slice(0, LONGEST),
      remedy: `ask at one of these, or start with --allow-host ${/^[a-z0-9._-]{1,100}$/.test(name) ? name : '<name>'}`,
    };
  };
  return { origin, all: (request) => origin(request) ?? hostOf(request) };
};
