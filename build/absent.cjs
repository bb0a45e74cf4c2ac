// In the place of a library that is never called.
