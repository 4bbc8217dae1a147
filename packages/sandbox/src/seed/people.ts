import type { Ctx, Id, InputFields, Org } from '../org/org.ts';

/** The people of the invented company Aldermoor. Everybody's password is the demo password. */
export const PEOPLE = [
  person('Mara', 'Lindqvist', 'mara', 'Head of Sales', 'Europe/Stockholm', 'sv_SE', true),
  person('Tomas', 'Okafor', 'tomas', 'Account Executive', 'Africa/Lagos', 'en_GB', false),
  person('Lin', 'Wei', 'linwei', 'Account Executive, Asia', 'Asia/Shanghai', 'zh_CN', false),
  person('Priya', 'Raman', 'priya', 'Sales Development', 'Asia/Kolkata', 'en_IN', false),
] as const;

interface Person {
  readonly key: string;
  readonly username: string;
  readonly admin: boolean;
  readonly fields: InputFields;
}

/** Makes whoever is missing; answers the id of each by the short key. */
export function seedPeople(org: Org): ReadonlyMap<string, Id> {
  const ids = new Map<string, Id>();
  for (const { key, username, admin, fields } of PEOPLE) {
    const known = org.userByName(username);
    if (known !== null) {
      ids.set(key, known.Id);
      continue;
    }
    const ctx: Ctx = { userId: ids.get('mara') ?? org.id, client: null, source: 'control' };
    const profile = profileId(org, admin ? 'System Administrator' : 'Standard User', ctx);
    const made = org.insert('User', { ...fields, Username: username, ProfileId: profile }, ctx);
    if (!made.ok)
      throw new Error(`the seed could not make ${username}: ${made.errors[0]?.message}`);
    ids.set(key, made.id);
  }
  return ids;
}

function profileId(org: Org, name: string, ctx: Ctx): Id {
  const rows = org.query(`SELECT Id FROM Profile WHERE Name = '${name}'`, ctx).records;
  const known = rows[0]?.Id;
  if (typeof known === 'string') return known;
  const made = org.insert('Profile', { Name: name }, ctx);
  if (!made.ok) throw new Error(`the seed could not make the profile ${name}`);
  return made.id;
}

function person(
  FirstName: string,
  LastName: string,
  key: string,
  Title: string,
  TimeZoneSidKey: string,
  LocaleSidKey: string,
  admin: boolean,
): Person {
  const username = `${key}@aldermoor.example`;
  const fields = {
    FirstName,
    LastName,
    Title,
    TimeZoneSidKey,
    LocaleSidKey,
    Email: username,
    Alias: key.slice(0, 8),
    CommunityNickname: key,
    CompanyName: 'Aldermoor',
    IsActive: true,
  };
  return { key, username, admin, fields };
}
