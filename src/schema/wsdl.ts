// The WSDL as the contract: what is written in code must be what is served, or the program does not start.

import { packagePath } from '../kernel/root.ts';
import { UserError } from '../kernel/user-error.ts';
import type { OperationDescription, ServiceDescription } from '../soap/service.ts';

type OperationOutline = Pick<OperationDescription, 'name' | 'request' | 'response' | 'action'>;

/** Of a service what its WSDL says too. */
export interface ContractOutline extends Pick<ServiceDescription, 'name' | 'wsdl' | 'schemas'> {
  readonly operations: readonly OperationOutline[];
}

/** A difference between code and WSDL; the message names it in one line. */
export class ContractMismatch extends UserError {}

/** What is read of a message in node-soap's WSDL model. */
interface MessageModel {
  readonly $name?: string;
  readonly targetNamespace?: string;
}
interface OperationModel {
  readonly input?: MessageModel | null;
  readonly output?: MessageModel | null;
  readonly soapAction?: string;
}

export const loadWsdlReader = () => import('./wsdl-reader.ts');

/** Reads the operations of the first binding through node-soap's model of the WSDL. */
const readModel = async (service: ContractOutline): Promise<[string, OperationModel][]> => {
  const { open_wsdl } = await loadWsdlReader();
  const options = {
    wsdl_options: {
      overrideImportLocation: (location: string): string => {
        const name = location.replace(/^.*\//, '');
        return packagePath(`xsd/${service.schemas[name] ?? name}`);
      },
    },
  };
  const [binding] = await new Promise<{ methods: Record<string, OperationModel> }[]>((resolve, reject) => {
    open_wsdl(packagePath(`wsdl/${service.wsdl}`), options, (error, wsdl) =>
      error || !wsdl ? reject(error) : resolve(Object.values(wsdl.definitions.bindings) as never),
    );
  });
  return Object.entries(binding?.methods ?? {});
};

const describe = (message: MessageModel | null | undefined): string =>
  `{${message?.targetNamespace ?? ''}}${message?.$name ?? ''}`;

const differenceIn = (operation: OperationOutline, model: OperationModel): string | undefined => {
  const request = `{${operation.request.namespace}}${operation.request.name}`;
  const response = `{${operation.response.namespace}}${operation.response.name}`;
  if (describe(model.input) !== request)
    return `its request is ${request} in code, ${describe(model.input)} in the WSDL`;
  if (describe(model.output) !== response) {
    return `its response is ${response} in code, ${describe(model.output)} in the WSDL`;
  }
  const action = operation.action ?? '';
  return (model.soapAction ?? '') === action
    ? undefined
    : `its soapAction is "${action}" in code, "${model.soapAction}" in the WSDL`;
};

/**
 * Compares the operations in code with the WSDL, in both directions.
 *
 * @throws ContractMismatch naming the first difference
 */
export const compareWithWsdl = async (service: ContractOutline): Promise<void> => {
  const model = new Map(await readModel(service));
  const refuse = (difference: string): never => {
    throw new ContractMismatch(`${service.name} differs from wsdl/${service.wsdl}: ${difference}`);
  };
  for (const operation of service.operations) {
    const declared = model.get(operation.name);
    if (!declared) refuse(`the operation ${operation.name} is not in the WSDL`);
    else {
      const difference = differenceIn(operation, declared);
      if (difference) refuse(`operation ${operation.name}: ${difference}`);
    }
    model.delete(operation.name);
  }
  const [left] = model.keys();
  if (left !== undefined) refuse(`the operation ${left} is not in the code`);
};
