// The package for those who require it: the same function, out of the ES module.
'use strict';

exports.createEmulator = async (options) => (await import('./index.js')).createEmulator(options);
