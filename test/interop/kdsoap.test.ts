// The services as KDSoap sees them: clients in C++ by kdwsdl2cpp from the served WSDLs, which must compile.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jobnet, reminder } from '../../src/dfdg/soap/services.ts';
import { postkasseleverandoer } from '../../src/kontaktregister/postkasseleverandoer/service.ts';
import { describeWith, stacks } from './stacks.ts';
import { staged } from './stage.ts';
import { succeed } from './tool.ts';

/** Where Debian keeps the headers of Qt and KDSoap. */
const includes = async (): Promise<string[]> => {
  const qt = `/usr/include/${(await succeed('g++', '-print-multiarch'))[0]}/qt5`;
  const folders = [qt, join(qt, 'QtCore'), join(qt, 'QtNetwork'), '/usr/include/KDSoapClient'];
  return folders.map((folder) => `-I${folder}`);
};

describeWith([stacks.kdsoap], 'KDSoap', () => {
  const open = staged();

  for (const { name, paths } of [postkasseleverandoer, reminder, jobnet])
    it(`makes a client of ${name} that compiles, with an enumeration of what beskrivelse says`, async () => {
      const { emulator, directory } = open();
      const wsdl = `${emulator.url}${paths[0]}?wsdl`;
      const [header, code] = ['h', 'cpp'].map((ending) => join(directory, `${name}.${ending}`));
      assert.ok(header && code);
      await succeed('kdwsdl2cpp', '-o', header, wsdl);
      await succeed('kdwsdl2cpp', '-impl', `${name}.h`, '-o', code, wsdl);
      await succeed('g++', '-O0', '-fPIC', ...(await includes()), '-c', code, '-o', `${code}.o`);
      assert.match(readFileSync(header, 'utf8'), /enum Type \{ [^}]*(?:FEJL_9460|ALLEREDE_AKTIV)[^}]* \};/);
    }).timeout(180_000);
});
