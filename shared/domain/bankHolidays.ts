/**
 * Bank holidays of England and Wales, 2025 to 2028, as London dates (Banking and Financial Dealings Act 1971, with the usual substitute days).
 * GOV.UK publishes them a few years ahead; these were worked out from the Act's rule and not downloaded, and a day added by royal
 * proclamation is not among them. The owner of the configuration checks the list each year. In a year outside of it only weekends count as not working.
 */
export const bankHolidays: ReadonlySet<string> = new Set([
  '2025-01-01', '2025-04-18', '2025-04-21', '2025-05-05', '2025-05-26', '2025-08-25', '2025-12-25', '2025-12-26',
  '2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31', '2026-12-25', '2026-12-28',
  '2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30', '2027-12-27', '2027-12-28',
  '2028-01-03', '2028-04-14', '2028-04-17', '2028-05-01', '2028-05-29', '2028-08-28', '2028-12-25', '2028-12-26',
]);

/** First and last year that the list covers. */
export const bankHolidayYears = { first: 2025, last: 2028 } as const;
