// Keeps other processes away from a folder of certificates while they are changed.

export { lockCertificates } from './sqlite/lock.ts';
