// What is opened at a start, in order, is closed in reverse: at the end, and where the start fails half-way.

export interface Closing {
  add(close: () => void | Promise<void>): void;
  /** Closes all, once; whoever asks again waits for the same. */
  close(): Promise<void>;
}

export const createClosing = (): Closing => {
  const closers: (() => void | Promise<void>)[] = [];
  let closing: Promise<void> | undefined;
  const closeAll = async (): Promise<void> => {
    for (const close of closers.reverse()) await close();
  };
  return {
    add: (close) => {
      closers.push(close);
    },
    close: () => {
      closing ??= closeAll();
      return closing;
    },
  };
};
