import type { Position } from './statement-query.ts';

/** Where a copied log ends. Of an empty store there is no entry to name. */
export type BackupHead = {
  readonly position: Position;
  /** As RFC 3339 in microseconds. */
  readonly stored: string | null;
  /** The commitment to the last entry (hex): with the position it tells this log from every other. */
  readonly commitment: string | null;
};

/** What stands in a backup, without its files. */
export type BackupFacts = {
  /** The Cairn that wrote it. */
  readonly cairn: string;
  readonly installation: string;
  readonly head: BackupHead;
  readonly counts: {
    readonly statements: number;
    readonly documents: number;
    readonly credentials: number;
    readonly attachments: number;
  };
  /** When it was begun: all that was acknowledged before is in it. */
  readonly begun: string;
  /** How long it took. */
  readonly seconds: number;
};

export type BackupReport = BackupFacts & {
  /** Of all files together. */
  readonly bytes: number;
  readonly files: number;
};

/** How far it has come, in bytes. */
export type BackupProgress = {
  readonly act: 'copying' | 'checking';
  readonly done: number;
  readonly all: number;
};

export type TellBackup = (progress: BackupProgress) => void;

/**
 * Copies all that is stored at one moment into a new folder, while more may come in. The folder is there whole and
 * durably, or not at all.
 *
 * @throws Error when there is something at `target` already, or it cannot be written.
 */
export type BackUp = (target: string, tell?: TellBackup) => Promise<BackupReport>;
