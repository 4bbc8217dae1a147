declare global {
  /** Where the library that locks scrolling behind a dialog looks for the nonce of its style element. */
  var __webpack_nonce__: string;
}

const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
globalThis.__webpack_nonce__ = nonce;

/** The content security policy allows the style elements that carry it, and no others. */
export const styleNonce = (): string => nonce;
