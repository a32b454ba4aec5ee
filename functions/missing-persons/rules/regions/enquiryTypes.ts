import * as z from 'zod';

export const enquiryType = z.enum([
  'CELL_SITE', 'SUBSCRIBER', 'CALL_DATA', 'HANDSET_LIVE', 'WIFI', 'SOCIAL_MEDIA', 'BANK', 'CARD', 'BENEFITS', 'HMRC', 'DVLA', 'PASSPORT', 'PORTS', 'NHS_REG', 'HOSPITAL', 'CUSTODY', 'PRISON', 'HOSTEL', 'TRANSPORT_CARD', 'CCTV', 'ANPR',
  'H2H', 'ASSOCIATE', 'SCHOOL', 'EMPLOYER', 'EMAIL', 'DEVICE_DOWNLOAD', 'OVERSEAS', 'LIVE_LINK',
]);
export type EnquiryType = z.infer<typeof enquiryType>;
export const authority = z.enum(['IPA_P3', 'DPA_2018_SCH2_REQUEST', 'CONSENT', 'COURT_ORDER', 'NONE_NEEDED']);
export type Authority = z.infer<typeof authority>;

export interface EnquiryTypeRow { readonly type: EnquiryType; readonly authorities: readonly Authority[]; readonly source: string }

const ipa: readonly Authority[] = ['IPA_P3'];
const operator: readonly Authority[] = ['IPA_P3', 'DPA_2018_SCH2_REQUEST', 'CONSENT', 'COURT_ORDER'];
const holder: readonly Authority[] = ['DPA_2018_SCH2_REQUEST', 'CONSENT', 'COURT_ORDER'];
const own: readonly Authority[] = ['NONE_NEEDED', 'DPA_2018_SCH2_REQUEST', 'CONSENT'];

/** Which authority each line of enquiry can have (3.8). What only IPA_P3 allows is communications data; SOCIAL_MEDIA and EMAIL are when they are asked of the operator under it. */
export const enquiryTypes: readonly EnquiryTypeRow[] = [
  ...(['CELL_SITE', 'SUBSCRIBER', 'CALL_DATA', 'HANDSET_LIVE', 'WIFI'] as const).map(type => ({ type, authorities: ipa, source: 'S47,DK' })),
  ...(['SOCIAL_MEDIA', 'EMAIL'] as const).map(type => ({ type, authorities: operator, source: 'DK' })),
  ...(['BANK', 'CARD', 'BENEFITS', 'HMRC', 'DVLA', 'PASSPORT', 'PORTS', 'NHS_REG', 'HOSPITAL', 'TRANSPORT_CARD', 'SCHOOL', 'EMPLOYER', 'HOSTEL'] as const).map(type => ({ type, authorities: holder, source: 'DK' })),
  ...(['CUSTODY', 'PRISON', 'CCTV', 'ANPR', 'H2H', 'ASSOCIATE', 'OVERSEAS'] as const).map(type => ({ type, authorities: own, source: 'DK' })),
  { type: 'DEVICE_DOWNLOAD', authorities: ['CONSENT', 'COURT_ORDER'], source: 'DK' },
  { type: 'LIVE_LINK', authorities: ['CONSENT', 'NONE_NEEDED'], source: 'DES' },
];

/** Communications data under the Investigatory Powers Act 2016: CD_SPOC only. */
export function isIpa({ type, authority: by }: { readonly type: EnquiryType; readonly authority: Authority }): boolean {
  return by === 'IPA_P3' || enquiryTypes.find(row => row.type === type)?.authorities === ipa;
}
