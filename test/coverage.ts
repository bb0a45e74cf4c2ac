// Loaded beside the tests when their coverage is measured (npm run coverage): only this process is, not the programs that it starts.

// Node.js has read it by now. Left here it would be handed to every child, which slows them down and measures the bundle.
delete process.env.NODE_V8_COVERAGE;
// For tests that count calls themselves: the counts can be taken once only.
process.env.KONTAKT_COVERAGE = 'on';
