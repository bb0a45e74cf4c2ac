// What has something of its own in the open transaction: it goes along with it, whatever becomes of that.

export interface Part {
  /** Marks where it stands; what comes back takes it back there. */
  mark(): () => void;
  /** Writes what is still to be written before a commit. */
  finish(): void;
  committed(): void;
  undone(): void;
}
