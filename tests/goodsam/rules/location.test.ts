import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { benefitOf, kpisOf } from '../../../functions/goodsam/rules/benefits.ts';
import { distanceM, isStale, locationFix, outsideUk, postToIncident } from '../../../functions/goodsam/rules/location.ts';
import { project, toNationalGrid } from '../../../functions/goodsam/rules/nationalGrid.ts';

const degrees = (d: number, m: number, s: number) => d + m / 60 + s / 3600;
const place = fc.record({ lat: fc.double({ min: -90, max: 90, noNaN: true }), lng: fc.double({ min: -180, max: 180, noNaN: true }) });

describe('National Grid', () => {
  it('projects the worked example of the Ordnance Survey guide to a millimetre (annexe C.1)', () => {
    const point = project({ lat: (degrees(52, 39, 27.2531) * Math.PI) / 180, lng: (degrees(1, 43, 4.5177) * Math.PI) / 180 });
    expect(Math.abs(point.easting - 651_409.903)).toBeLessThan(0.001);
    expect(Math.abs(point.northing - 313_177.27)).toBeLessThan(0.001);
  });
  it('is within 5 m of the OSTN15 answer for the same tower in ETRS89', () => {
    const point = toNationalGrid({ lat: 52.658007833, lng: 1.716073973 });
    expect(Math.hypot((point?.easting ?? 0) - 651_409.804, (point?.northing ?? 0) - 313_177.45)).toBeLessThan(5);
  });
  it('has no answer outside of the grid', () => {
    for (const [lat, lng] of [[48, 2], [40.7, -74], [0, 0], [53, -12], [-53, -2]] as const) expect(toNationalGrid({ lat, lng })).toBeNull();
  });
});

describe('fixes', () => {
  const fix = { at: '2026-01-11T10:00:03Z', lat: 53.19, lng: -2.89, accuracyM: 9, source: 'BROWSER_GNSS' };
  it('have bounds', () => {
    expect(locationFix.safeParse(fix).success).toBe(true);
    for (const bad of [{ lat: 91 }, { lng: -181 }, { accuracyM: -1 }, { lat: Number.NaN }, { source: 'GUESS' }, { at: 'now' }, { extra: 1 }]) expect(locationFix.safeParse({ ...fix, ...bad }).success).toBe(false);
  });
  test.each([[53.19, -2.89, false], [49.7, -2, true], [61, -2, true], [53, -8.8, true], [53, 1.9, true], [49.8, -8.7, false], [60.9, 1.8, false]])('%d, %d outside: %s', (lat, lng, outside) => expect(outsideUk({ lat, lng })).toBe(outside));
  it('go stale after 60 s', () => expect([isStale(fix.at, '2026-01-11T10:01:03Z'), isStale(fix.at, '2026-01-11T10:01:03.001Z')]).toEqual([false, true]));

  it('are measured: a degree of latitude, symmetry, the half circle at most', () => {
    expect(distanceM({ lat: 53, lng: 0 }, { lat: 54, lng: 0 })).toBeCloseTo(111_195, -1);
    fc.assert(fc.property(place, place, (a, b) => {
      expect(Math.abs(distanceM(a, b) - distanceM(b, a))).toBeLessThan(0.01);
      expect(distanceM(a, b)).toBeLessThanOrEqual(Math.PI * 6_371_009);
      expect(distanceM(a, a)).toBe(0);
    }));
  });

  it('are posted at first, after 20 s and 50 m', () => {
    const here = { lat: 53.19, lng: -2.89 };
    const last = { ...here, postedAt: '2026-01-11T10:00:00Z' };
    const far = { lat: 53.1906, lng: -2.89 };
    const near = { lat: 53.1904, lng: -2.89 };
    expect(postToIncident(null, here, last.postedAt)).toBe(true);
    expect(postToIncident(last, far, '2026-01-11T10:00:20Z')).toBe(true);
    expect(postToIncident(last, far, '2026-01-11T10:00:19.999Z')).toBe(false);
    expect(postToIncident(last, near, '2026-01-11T11:00:00Z')).toBe(false);
  });

  it('are never posted more than once in 20 s, however the fixes come', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 60_000 }), fc.double({ min: 53, max: 53.1, noNaN: true })), { maxLength: 40 }), steps => {
      let now = Date.parse('2026-01-11T10:00:00Z');
      const posts: number[] = [];
      let last: { lat: number; lng: number; postedAt: string } | null = null;
      for (const [wait, lat] of steps) {
        now += wait;
        const at = new Date(now).toISOString();
        if (postToIncident(last, { lat, lng: -2.89 }, at)) {
          last = { lat, lng: -2.89, postedAt: at };
          posts.push(now);
        }
      }
      expect(posts.every((at, index) => index === 0 || at - (posts[index - 1] ?? 0) >= 20_000)).toBe(true);
      expect(posts.length > 0).toBe(steps.length > 0);
    }));
  });
});

describe('benefits', () => {
  const rates = { poundsPerHour: 60, poundsPerMile: 0.45, rateSource: 'placeholder', rateDate: '2026-01-01' };
  const input = { area: 'CCTV', reason: 'RETRIEVE_CLIP', outcome: 'RECEIVED_PLAYABLE', attendanceAvoided: true } as const;
  it('takes the entry of the officer', () => expect(benefitOf({ ...input, milesSaved: 20, minutesSaved: 30, from: { lat: 53, lng: -2 }, to: { lat: 54, lng: -2 } }, rates)).toEqual({ ...input, milesSaved: 20, milesEstimated: false, minutesSaved: 30, pounds: 39, rateSource: 'placeholder', rateDate: '2026-01-01' }));
  it('estimates by the straight line x 1.3, there and back', () => {
    const row = benefitOf({ ...input, from: { lat: 53, lng: -2 }, to: { lat: 53.1, lng: -2 }, travelMinutesOneWay: 20, sceneMinutes: 30, sessionMinutes: 10 }, rates);
    // 11.1195 km x 2 x 1.3 x 0.6214 = 17.97 miles.
    expect(row).toMatchObject({ milesSaved: 18, milesEstimated: true, minutesSaved: 60, pounds: 68.1 });
  });
  it('says null for what it does not know, and 0 where an officer went', () => {
    expect(benefitOf(input, rates)).toMatchObject({ milesSaved: null, milesEstimated: false, minutesSaved: null, pounds: null });
    expect(benefitOf({ ...input, attendanceAvoided: false, milesSaved: 20, minutesSaved: 5 }, rates)).toMatchObject({ milesSaved: 0, minutesSaved: 0, pounds: 0 });
    expect(benefitOf({ ...input, milesSaved: 0, travelMinutesOneWay: 1, sceneMinutes: 5, sessionMinutes: 10 }, rates)).toMatchObject({ minutesSaved: -3, pounds: -3 });
  });
  it('carries no place', () => expect(JSON.stringify(benefitOf({ ...input, from: { lat: 53.123, lng: -2 }, to: { lat: 53.456, lng: -2 } }, rates))).not.toMatch(/53\.(123|456)/));
  it('counts the seconds between steps', () => {
    expect(kpisOf({ createdAt: '2026-01-01T10:00:00Z', sentAt: '2026-01-01T10:00:02Z', openedAt: '2026-01-01T10:00:12Z', deliveredAt: '2026-01-01T10:00:01Z' })).toEqual({
      createdToSent: 2, sentToDelivered: null, sentToOpened: 10, openedToConsented: null, createdToFirstMedia: null, session: null, evidenceRetrieval: null,
    });
  });
});
