// The XML namespaces in use, each with the prefix the emulator writes.

export interface Namespace {
  readonly prefix: string;
  readonly uri: string;
}

export const soap11 = { prefix: 'SOAP-ENV', uri: 'http://schemas.xmlsoap.org/soap/envelope/' } as const;
export const soap12 = { prefix: 'env', uri: 'http://www.w3.org/2003/05/soap-envelope' } as const;
export const xml = { prefix: 'xml', uri: 'http://www.w3.org/XML/1998/namespace' } as const;
export const wsse = {
  prefix: 'wsse',
  uri: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd',
} as const;
export const wsu = {
  prefix: 'wsu',
  uri: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd',
} as const;
export const ds = { prefix: 'ds', uri: 'http://www.w3.org/2000/09/xmldsig#' } as const;
export const excC14n = { prefix: 'ec', uri: 'http://www.w3.org/2001/10/xml-exc-c14n#' } as const;
export const wsse11 = {
  prefix: 'wsse11',
  uri: 'http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd',
} as const;
export const xenc = { prefix: 'xenc', uri: 'http://www.w3.org/2001/04/xmlenc#' } as const;
export const xsd = { prefix: 'xs', uri: 'http://www.w3.org/2001/XMLSchema' } as const;
export const xsi = { prefix: 'xsi', uri: 'http://www.w3.org/2001/XMLSchema-instance' } as const;
