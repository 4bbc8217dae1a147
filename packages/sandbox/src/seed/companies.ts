/** Invented customers of Aldermoor, which sells stock-keeping hardware and the software to it. */

export interface Company {
  readonly name: string;
  readonly city: string;
  readonly country: string;
  readonly industry: string;
  readonly type: string;
  readonly owner: string;
  readonly domain: string;
  readonly contacts: readonly (readonly [first: string | null, last: string, title: string])[];
  /** Name, stage, days until close, amount. */
  readonly deals: readonly (readonly [string, string, number, number])[];
}

export const COMPANIES: readonly Company[] = [
  {
    name: 'Brackwater Marine Supply',
    city: 'Gothenburg',
    country: 'Sweden',
    industry: 'Retail',
    type: 'Customer - Direct',
    owner: 'mara',
    domain: 'brackwater.example',
    contacts: [
      ['Edda', 'Thornquist', 'Head of Purchasing'],
      ['Jonas', 'Valbrek', 'Warehouse Lead'],
    ],
    deals: [
      ['Brackwater: 40 scanners, second hall', 'Negotiation/Review', 12, 48_000],
      ['Brackwater renewal', 'Proposal/Price Quote', 41, 19_500],
    ],
  },
  {
    name: 'Halden Mill Bakeries',
    city: 'Malmö',
    country: 'Sweden',
    industry: 'Agriculture',
    type: 'Customer - Direct',
    owner: 'mara',
    domain: 'haldenmill.example',
    contacts: [
      ['Sanne', 'Okstrand', 'Operations Director'],
      ['Pim', 'Ravelli', 'Finance'],
    ],
    deals: [['Halden Mill: pilot in three bakeries', 'Qualification', 33, 22_000]],
  },
  {
    name: 'Quillfeather Paper',
    city: 'Bristol',
    country: 'United Kingdom',
    industry: 'Retail',
    type: 'Prospect',
    owner: 'mara',
    domain: 'quillfeather.example',
    contacts: [
      ['Agnes', 'Pellworth', 'Managing Director'],
      ['Rory', 'Tamblin', 'IT'],
    ],
    deals: [['Quillfeather: replace spreadsheets', 'Prospecting', 75, 31_000]],
  },
  {
    name: 'Osterly Cold Chain',
    city: 'Rotterdam',
    country: 'Netherlands',
    industry: 'Other',
    type: 'Customer - Direct',
    owner: 'mara',
    domain: 'osterly.example',
    contacts: [
      ['Wies', 'van der Plaat', 'Chief Operating Officer'],
      ['Kofi', 'Adenbrook', 'Quality Manager'],
    ],
    deals: [['Osterly: freezer-proof terminals', 'Proposal/Price Quote', 19, 87_400]],
  },
  {
    name: 'Auenthaler Fördertechnik GmbH',
    city: 'Ulm',
    country: 'Germany',
    industry: 'Construction',
    type: 'Customer - Direct',
    owner: 'mara',
    domain: 'auenthaler.example',
    contacts: [
      ['Gernot', 'Weißhaupt', 'Einkaufsleiter'],
      ['Ulrike', 'Sömmerda', 'Geschäftsführerin'],
    ],
    deals: [['Auenthaler: Rahmenvertrag 2 Jahre', 'Negotiation/Review', 9, 126_000]],
  },
  {
    name: 'Ferrowen Tools',
    city: 'Sheffield',
    country: 'United Kingdom',
    industry: 'Construction',
    type: 'Channel Partner',
    owner: 'tomas',
    domain: 'ferrowen.example',
    contacts: [
      ['Ines', 'Calloway-Burr', 'Partner Manager'],
      ['Dele', 'Marchbanks', 'Buyer'],
    ],
    deals: [['Ferrowen: reseller terms', 'Negotiation/Review', 27, 54_000]],
  },
  {
    name: 'Kestrelgate Logistics',
    city: 'Lagos',
    country: 'Nigeria',
    industry: 'Other',
    type: 'Customer - Direct',
    owner: 'tomas',
    domain: 'kestrelgate.example',
    contacts: [
      ['Bisi', 'Farrowmere', 'Fleet Director'],
      ['Emeka', 'Stonebridge', 'Procurement'],
    ],
    deals: [['Kestrelgate: dock tablets', 'Closed Won', -6, 63_000]],
  },
  {
    name: '澄岭纺织',
    city: '绍兴',
    country: 'China',
    industry: 'Retail',
    type: 'Customer - Direct',
    owner: 'linwei',
    domain: 'chengling.example',
    contacts: [
      [null, '苏慕禾', '采购经理'],
      [null, '顾远舟', '仓储主管'],
    ],
    deals: [['澄岭纺织：仓库盘点系统', 'Proposal/Price Quote', 22, 71_000]],
  },
  {
    name: '梓木電装',
    city: '浜松',
    country: 'Japan',
    industry: 'Electronics',
    type: 'Prospect',
    owner: 'linwei',
    domain: 'azusagi.example',
    contacts: [
      ['葉月', '桐ヶ谷', '購買部長'],
      ['朔', '水無瀬', '物流課'],
    ],
    deals: [['梓木電装：試験導入', 'Qualification', 48, 39_000]],
  },
  {
    name: 'شركة نجم السهل للتوريد',
    city: 'عمّان',
    country: 'Jordan',
    industry: 'Retail',
    type: 'Prospect',
    owner: 'priya',
    domain: 'najmalsahl.example',
    contacts: [['ليان', 'الرملي', 'مديرة المشتريات']],
    deals: [['نجم السهل: عرض أولي', 'Prospecting', 60, 27_500]],
  },
  {
    name: 'Tamsin Ridge Vineyards',
    city: 'Nashik',
    country: 'India',
    industry: 'Agriculture',
    type: 'Customer - Direct',
    owner: 'priya',
    domain: 'tamsinridge.example',
    contacts: [
      ['Meher', 'Daswaney', 'Cellar Master'],
      ['Oona', 'Brightwater', 'Exports'],
    ],
    deals: [['Tamsin Ridge: harvest season rental', 'Closed Lost', -20, 12_000]],
  },
  {
    name: 'Lumen & Larch Interiors',
    city: 'Copenhagen',
    country: 'Denmark',
    industry: 'Retail',
    type: 'Prospect',
    owner: 'mara',
    domain: 'lumenlarch.example',
    contacts: [
      ['Frej', "O'Dalgaard", 'Founder'],
      ['Zoë', 'Lindegård-Møller', 'Head of Shops'],
    ],
    deals: [['Lumen & Larch: 11 shops', 'Qualification', 30, 44_900]],
  },
];

/** First, last, company, title, owner, source. */
export const LEADS: readonly (readonly [string, string, string, string, string, string])[] = [
  ['Hedda', 'Marlowe-Finch', 'Pinehollow Outfitters', 'Store Manager', 'mara', 'Web'],
  ['Casimir', 'Bloom', 'Bloom & Daughters Seeds', 'Owner', 'mara', 'Phone Inquiry'],
  ['Signe', 'Ravnholt', 'Ravnholt Cykler', 'Indkøb', 'mara', 'Partner Referral'],
  ['Theo', 'Ashgrove', 'Ashgrove Pharmacy Group', 'Supply Lead', 'mara', 'Web'],
  ['Nnamdi', 'Leatherwood', 'Leatherwood Timber', 'Yard Manager', 'tomas', 'Other'],
  ['Rosalind', 'Quayle', 'Quayle Ferries', 'Stores', 'tomas', 'Web'],
  ['祁', '安澜', '安澜茶业', '总经理', 'linwei', 'Web'],
  ['悠真', '東雲', '東雲文具', '店長', 'linwei', 'Partner Referral'],
  ['Anvi', 'Kettlewell', 'Kettlewell Spices', 'Export Desk', 'priya', 'Phone Inquiry'],
  ['Idris', 'Vantongeren', 'Vantongeren Blooms', 'Planner', 'priya', 'Web'],
];
