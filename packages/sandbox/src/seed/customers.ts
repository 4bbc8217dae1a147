import type { Id, Org } from '../org/org.ts';
import { COMPANIES, LEADS } from './companies.ts';
import { controlOf, dayFrom, mustInsert, stamp } from './rows.ts';

/** Whom tasks can be about. A lead stands alone, as Salesforce wants it. */
export interface Customer {
  readonly owner: string;
  readonly name: string;
  readonly whoId: Id;
  readonly whats: readonly { readonly id: Id; readonly name: string }[];
  /** The language the company writes in, by its script. */
  readonly script: 'latin' | 'chinese' | 'japanese' | 'arabic';
}

const DAY_MS = 86_400_000;
const CUSTOMER_FOR_DAYS = 500;

export function seedCustomers(
  org: Org,
  people: ReadonlyMap<string, Id>,
  now: number,
): readonly Customer[] {
  const audit = (key: string) => {
    const at = stamp(now - CUSTOMER_FOR_DAYS * DAY_MS);
    const userId = people.get(key) ?? null;
    return {
      OwnerId: userId,
      CreatedDate: at,
      CreatedById: userId,
      LastModifiedDate: at,
      LastModifiedById: userId,
      SystemModstamp: at,
    };
  };
  const ctx = controlOf(people.get('mara') ?? org.id);
  const one = (
    object: string,
    fields: Record<string, string | number | null>,
    owner: string,
  ): Id => {
    const [id] = mustInsert(org, [{ object, fields: { ...fields, ...audit(owner) } }], ctx);
    return id ?? '';
  };

  const customers: Customer[] = [];
  for (const company of COMPANIES) {
    const accountId = one(
      'Account',
      {
        Name: company.name,
        BillingCity: company.city,
        BillingCountry: company.country,
        Industry: company.industry,
        Type: company.type,
        Website: `https://${company.domain}`,
      },
      company.owner,
    );
    const deals = company.deals.map(([name, stage, days, amount]) => ({
      name,
      id: one(
        'Opportunity',
        {
          Name: name,
          AccountId: accountId,
          StageName: stage,
          CloseDate: dayFrom(now, days),
          Amount: amount,
        },
        company.owner,
      ),
    }));
    company.contacts.forEach(([first, last, title], index) => {
      const email = `contact${index + 1}@${company.domain}`;
      const fields = {
        FirstName: first,
        LastName: last,
        Title: title,
        Email: email,
        AccountId: accountId,
      };
      customers.push({
        owner: company.owner,
        name: [first, last].filter(Boolean).join(' '),
        whoId: one('Contact', fields, company.owner),
        whats: [...deals, { id: accountId, name: company.name }],
        script: scriptOf(company.name),
      });
    });
  }
  LEADS.forEach(([first, last, company, title, owner, source], index) => {
    const fields = {
      FirstName: first,
      LastName: last,
      Company: company,
      Title: title,
      LeadSource: source,
      Email: `lead${index + 1}@inbox.example`,
    };
    const whoId = one('Lead', fields, owner);
    customers.push({
      owner,
      name: `${first} ${last}`,
      whoId,
      whats: [],
      script: scriptOf(company),
    });
  });
  return customers;
}

function scriptOf(name: string): Customer['script'] {
  if (/\p{Script=Arabic}/u.test(name)) return 'arabic';
  if (/電|東雲/.test(name)) return 'japanese';
  return /\p{Script=Han}/u.test(name) ? 'chinese' : 'latin';
}
