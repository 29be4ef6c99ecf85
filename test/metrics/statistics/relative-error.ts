/** How far a figure is from the known one, in parts of that. */
export const relativeError = (value: number, known: number): number =>
  value === known ? 0 : Math.abs(value - known) / Math.abs(known || 1);
