// How mocha loads the tests: as the modules that they are. Where require() takes modules too, it would try that first, and every file of
// the program would be compiled a second time, as CommonJS and in vain: slower, and coverage would count the wrong lines.

Object.defineProperty(process.features, 'require_module', { value: false });
