type Limits = { readonly userLimits?: { readonly open_files?: { readonly soft?: number | string } } };

/** Files that the store and its threads may need. */
const FOR_THE_STORE = 128;
const MOST = 10_000;

/** How many connections there may be at once, so that files are left for the store: those beyond are closed at once. */
export const mostConnections = (): number => {
  const { userLimits } = (process.report?.getReport() ?? {}) as Limits;
  const files = Number(userLimits?.open_files?.soft);
  return Number.isFinite(files) ? Math.min(MOST, Math.max(16, files - FOR_THE_STORE)) : MOST;
};
