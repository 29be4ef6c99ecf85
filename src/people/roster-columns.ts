/** What a column of a roster can mean, and what it may be called: letter case, blanks, `-`, `.` and `_` do not count. */
const SYNONYMS = {
  accountHome: ['account_home', 'account_home_page', 'home_page'],
  accountName: ['account_name', 'account', 'user_name'],
  employeeId: [
    'employee_id',
    'employee_number',
    'employee_no',
    'personnel_number',
    'personnel_no',
    'staff_id',
    'person_id',
  ],
  mbox: ['email', 'mail', 'email_address', 'mbox', 'work_email'],
  sha1: ['mbox_sha1sum'],
  openid: ['openid'],
  name: ['name', 'full_name', 'display_name', 'employee_name'],
  department: ['department', 'dept'],
  role: ['role', 'job', 'job_title', 'position'],
  region: ['region'],
  manager: [
    'manager',
    'manager_email',
    'manager_mbox',
    'manager_id',
    'manager_employee_id',
    'manager_account_name',
    'supervisor',
    'reports_to',
  ],
  hired: ['hire_date', 'hired', 'hired_on', 'date_hired', 'start_date', 'entry_date'],
  left: ['leave_date', 'left', 'left_on', 'end_date', 'exit_date', 'termination_date'],
  effectiveFrom: ['effective_from', 'effective_date', 'valid_from', 'as_of'],
} as const;

export type Meaning = keyof typeof SYNONYMS;

/** One column: where it stands, from 0, how it is headed, and what it means; others are attributes of their own. */
export type Column = { readonly at: number; readonly header: string; readonly meaning?: Meaning };

const plain = (header: string): string => header.toLowerCase().replace(/[\s\-._]/g, '');

const MEANINGS = new Map<string, Meaning>(
  Object.entries(SYNONYMS).flatMap(([meaning, names]) =>
    names.map((name) => [plain(name), meaning as Meaning] as const),
  ),
);

/** The columns that have a header; of several with one meaning, `doubled` tells all but the first. */
export const rosterColumns = (
  headers: readonly string[],
): { readonly columns: readonly Column[]; readonly doubled: readonly Column[] } => {
  const columns: Column[] = [];
  const doubled: Column[] = [];
  const met = new Set<string>();
  headers.forEach((written, at) => {
    const header = written.trim();
    if (header === '') return;
    const meaning = MEANINGS.get(plain(header));
    const column = meaning === undefined ? { at, header } : { at, header, meaning };
    const key = meaning ?? `own ${header}`;
    (met.has(key) ? doubled : columns).push(column);
    met.add(key);
  });
  return { columns, doubled };
};
