// A WSDL read twice: what the check at the start reads of it, and what node-soap, which clients use, makes of it. Header blocks
// are no part of its operations.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { WSDL } from 'soap';
import { contractServices } from '../../src/emulator/contracts.ts';
import { packagePath } from '../../src/kernel/root.ts';
import { readWsdl } from '../../src/schema/wsdl.ts';
import type { ServiceDescription } from '../../src/soap/service.ts';
import { printQName } from '../../src/xml/tree.ts';

/** node-soap's model of a WSDL whose imports are the package's own files. */
const readWithNodeSoap = ({ wsdl, schemas }: ServiceDescription): Promise<WSDL> => {
  const path = packagePath(`wsdl/${wsdl}`);
  const fileOf = (location: string): string => {
    const name = location.replace(/^.*\//, '');
    return packagePath(`xsd/${schemas[name] ?? name}`);
  };
  return new Promise((resolve, reject) => {
    const model = new WSDL(readFileSync(path, 'utf8'), path, {
      wsdl_options: { overrideImportLocation: fileOf },
    });
    model.onReady((error) => (error ? reject(error) : resolve(model)));
  });
};

describe('a WSDL as the program reads it', () => {
  for (const service of contractServices)
    it(`is what node-soap reads: ${service.name}`, async () => {
      const { definitions } = await readWithNodeSoap(service);
      const [binding] = Object.values(definitions.bindings);
      assert.ok(binding);
      const { version, operations } = readWsdl(readFileSync(packagePath(`wsdl/${service.wsdl}`)));
      assert.ok(operations.length >= 3);
      assert.equal(version, service.version.name);
      assert.deepEqual(
        operations.map(({ request, response, action, style, headers: _unread, ...rest }) => ({
          ...rest,
          request: request && printQName(request),
          response: response && printQName(response),
          action,
          style: style.split('/')[0],
        })),
        Object.entries(binding.methods).map(([name, { input, output, soapAction, style }]) => ({
          name,
          request: `{${input?.targetNamespace}}${input?.$name}`,
          response: `{${output?.targetNamespace}}${output?.$name}`,
          action: soapAction ?? '',
          style,
        })),
      );
    });
});
