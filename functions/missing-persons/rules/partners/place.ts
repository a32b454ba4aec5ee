/** What is recorded about telling where somebody was found. */
export interface PlaceDisclosure {
  readonly isUnder18: boolean;
  /** The adult's own recorded answer (I7). */
  readonly adultConsent: 'YES' | 'NO' | 'NOT_KNOWN';
  /** Decided for a child, by the authority or the officer: who must not learn the place (S14). Absent: nobody has decided yet. */
  readonly childWithheldFrom?: readonly ('FAMILY' | 'CARE_PROVIDER')[];
}

/**
 * Whether the place where somebody was found may be told, by a person, to this audience. An adult's place needs the adult's recorded consent for the family (I7); a child's needs a decision about
 * their safety (P02). No message to an informant ever has a place (N15). What nobody has decided may not be told.
 */
export function mayTellPlace(audience: 'FAMILY' | 'CARE_PROVIDER' | 'DUTY_HOLDER', { isUnder18, adultConsent, childWithheldFrom }: PlaceDisclosure): boolean {
  if (audience === 'DUTY_HOLDER') return isUnder18 || adultConsent === 'YES';
  return isUnder18 ? childWithheldFrom !== undefined && !childWithheldFrom.includes(audience) : adultConsent === 'YES';
}
