// What a profile is: how strict a service is with its callers, and how it protects its answers, as data.

/** The security profiles that are built in; users may have their own beside them. */
export const builtInProfiles = ['observed', 'strict', '14-05', 'none'] as const;

/** How KeyInfo may name the signer's certificate (WSS X.509 Token Profile 1.1 §3.2). */
export type ReferenceKind = 'direct' | 'issuerSerial' | 'subjectKeyIdentifier' | 'thumbprint';

/** How the content of an answer's Body is encrypted to the caller's certificate; algorithm identifiers. */
export interface Encryption {
  readonly content: string;
  readonly keyTransport: string;
  /** Whether it holds for every service, or only for those whose real counterpart encrypted. */
  readonly everywhere: boolean;
}

/** How answers are protected. Algorithms by their identifiers. */
export interface AnswerProtection {
  readonly signed: boolean;
  /** The lifetime of the answer's Timestamp in seconds. */
  readonly lifetime: number;
  readonly signature: string;
  readonly digest: string;
  /** Whether the emulator's certificate is carried (direct) or only named (issuerSerial). */
  readonly reference: 'direct' | 'issuerSerial';
  /** Whether the answer repeats the request's SignatureValue in a signed SignatureConfirmation (WSS 1.1 §8.5). */
  readonly confirmation: boolean;
  /** Undefined: never encrypted. */
  readonly encryption: Encryption | undefined;
}

/** The lines of a profile, as people read them; each has a tag of its own. */
export type Line =
  | 'signed parts'
  | 'signature methods'
  | 'digest methods'
  | 'canonicalization'
  | 'references without Transforms'
  | 'enveloped-signature'
  | 'key references'
  | 'minimum RSA key'
  | 'certificate policies'
  | 'Timestamp lifetime'
  | 'Expires'
  | 'clock skew'
  | 'replay'
  | 'answer signature'
  | 'answer certificate'
  | 'answer Timestamp'
  | 'answer confirmation'
  | 'answer encryption';

/** How well a line is known; `configured`: the user's own. */
export type LineBasis = 'documented' | 'observed' | 'assumed' | 'configured';

export interface Profile {
  readonly name: string;
  /** False: messages need no Security header, and one that is there is not looked at. */
  readonly required: boolean;
  readonly canonicalizations: readonly string[];
  readonly signatures: readonly string[];
  readonly digests: readonly string[];
  /** Whether a Reference may have no Transforms (then inclusive Canonical XML 1.0 applies, XMLDSig §4.4.3.2). */
  readonly bareReferences: boolean;
  /** Whether enveloped-signature may be named, on elements that the Signature is not inside of: there it does nothing. */
  readonly envelopedTransforms: boolean;
  readonly keyReferences: readonly ReferenceKind[];
  readonly timestamp: {
    readonly expiresRequired: boolean;
    /** The longest time from Created to Expires, or since Created where there is no Expires, in seconds. */
    readonly maxLifetime: number;
    /** How far the two clocks may differ, in seconds. */
    readonly skew: number;
  };
  /** Whether header blocks that the service processes must be signed where they are present. */
  readonly headersSigned: boolean;
  /** The shortest RSA key of a signer's certificate, in bits. */
  readonly minimumKeyBits: number;
  /** Certificate policies of which a signer's certificate must carry one; empty: any. */
  readonly policies: readonly string[];
  readonly replay: boolean;
  readonly answer: AnswerProtection;
  readonly bases: Readonly<Record<Line, LineBasis>>;
}
