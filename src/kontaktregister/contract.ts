// The Norwegian contract: the services over its register, each a folder beside this file and a line in it.

import type { Service, ServiceDescription } from '../soap/service.ts';
import type { NorwegianRegister } from './postkasseleverandoer/decide.ts';
import { postkasseleverandoer, servePostkasseleverandoer } from './postkasseleverandoer/service.ts';

const services = [{ description: postkasseleverandoer, serve: servePostkasseleverandoer }];

/** The services as they are described. */
export const norwegianServices: readonly ServiceDescription[] = services.map(
  ({ description }) => description,
);

/** The services with a register behind them. */
export const createNorwegianServices = (register: NorwegianRegister): readonly Service[] =>
  services.map(({ serve }) => serve(register));
