// node-soap's reader of a WSDL, by itself: loading it takes most of the time of a comparison.

export { open_wsdl } from 'soap/lib/wsdl/index.js';
