const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** RFC 4180. @param {readonly (readonly string[])[]} rows */
export const toCsv = (rows) => rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
