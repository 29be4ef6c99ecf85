/** A two-sided confidence interval; its level is that of the `z` it was made with, 95 % unless said otherwise. */
export type Interval = { readonly lo: number; readonly hi: number };

/** A figure with its interval. */
export type Estimate = Interval & { readonly value: number };

/** The two-sided 95 % point of the normal distribution. */
export const Z95 = 1.959963984540054;
