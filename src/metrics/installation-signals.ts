import { readSignalTable, SIGNAL_TABLE, type SignalTable } from './signals/signal-table.ts';

/**
 * The table of signals of an installation that puts its own before the built-in one.
 *
 * @throws Rejection `body-invalid` naming everything that is wrong with what it adds.
 */
export const installationSignals = (added: unknown): SignalTable => readSignalTable(added, SIGNAL_TABLE);
