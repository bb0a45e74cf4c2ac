// The connections that changes and reads share.

import pg from 'pg';
import { configOf, type ServerSettings, type Session, sessionOf } from './connection.ts';
import { refusalOf } from './refusals.ts';

export interface Pool {
  /**
   * Runs something over a connection that nobody else uses meanwhile. Where it fails the connection is not used again.
   *
   * @throws (rejects) what the driver or `use` throws
   */
  use<Result>(use: (session: Session) => Promise<Result>): Promise<Result>;
  end(): Promise<void>;
}

export const openPool = (settings: ServerSettings): Pool => {
  // One connection is the listener's.
  // After a pause the first change does not wait for a new one.
  const pool = new pg.Pool({ ...configOf(settings), min: 1, max: Math.max(1, settings.connections - 1) });
  // An idle connection that is lost is replaced by the next one.
  pool.on('error', () => undefined);
  return {
    use: async (use) => {
      const client = await pool.connect();
      const ignore = (): void => undefined;
      client.on('error', ignore);
      let broken = true;
      try {
        const result = await use(sessionOf(client));
        broken = false;
        return result;
      } finally {
        client.off('error', ignore);
        client.release(broken);
      }
    },
    end: async () => {
      await pool.end().catch((error: unknown) => {
        if (!refusalOf(error)) throw error;
      });
    },
  };
};
