// A program in CommonJS that requires the package.
'use strict';

const { createEmulator } = require('kontakt-emulator');

createEmulator({ port: 0, tlsPort: 0, inMemory: true, log: 'silent' }).then(async (emulator) => {
  const { accepted } = await emulator.call('reminder.GetPersonContactData', { as: 'star' });
  await emulator.close();
  console.log(accepted ? 'accepted' : 'refused');
});
