import { addressHmac, addressHmacs } from './tokens.ts';
import { claimOnly, releaseClaim } from './claim.ts';
import { newCaseId, sha256 } from '../../shared/case/keys.ts';
import type { Handler } from '../../shared/http/call.ts';
import { runCommand } from '../../shared/http/command.ts';
import { problem, ProblemError } from '../../shared/http/problem.ts';
import type * as contract from './contract.ts';
import type { Command, Effect } from './decide.ts';
import type { LinkDeps, LinkRoom } from './deps.ts';
import { gateOf } from './gate.ts';
import { lastInspection } from './inspections.ts';
import { cctvRequest } from './rules/cctv.ts';
import type { CreateRequest } from './rules/law/create.ts';
import type { Gate } from './rules/law/sending.ts';
import { checkEmail, normaliseNumber } from './rules/phone.ts';
import { checkReference } from './rules/references.ts';
import { authoriseRole, requestRole } from './rules/roles.ts';
import { somRequest, somRisk } from './rules/som.ts';
import type { CreateLiveLink } from './schemas.ts';
import type { LiveLink, Track } from './state.ts';

export interface LinkHttp extends LinkDeps {
  readonly room: LinkRoom;
  readonly baseUrl: string;
}

/** A field that has the right form and is not acceptable. */
export function wrong(code: string, detail: string): ProblemError {
  return new ProblemError({ status: 422, code, title: 'The request does not fit its description', detail });
}

/**
 * Asks for a link. Four things are looked up before the law decides: markers and unsafe contacts (side by side, 800 ms at most), another live request to the same
 * person, and the last inspection of a certificate. One serial round trip more than the storage protocol's three.
 */
export function createLiveLink(deps: LinkHttp): Handler<typeof contract.createLiveLink> {
  return async call => {
    const { body, caller } = call;
    if (!caller.roles.includes(requestRole(body.area))) throw problem('not-permitted', 'Your account may not ask for links in this area.');
    const requestId = newCaseId(caller.tenantId, caller.objectId, call.operation.operationId, call.idempotencyKey);
    const contact = contactOf(deps, body, requestId);
    const mayForce = body.force && caller.roles.includes(authoriseRole(body.area));
    const [gate, last] = await Promise.all([
      gateOf(deps, { ...contact, channel: body.channel, incidentRef: contact.incidentRef }),
      body.fal?.certificate === undefined ? 'NONE' as const : lastInspection(deps.cases, addressHmacs(deps.secrets, certificateText(body.fal.certificate))),
      mayForce ? undefined : claimOnly(deps, { requestId, caller, key: sha256(`${contact.addressHmac} ${body.area} ${contact.incidentRef}`) }),
    ]);
    const key = sha256(`${contact.addressHmac} ${body.area} ${contact.incidentRef}`);
    return await runCommand<LiveLink, Track, Command, Effect>(deps.cases, deps.room, call, {
      caseId: requestId, parts: [], creates: true, mayTouch: () => true, ids: { requestId }, location: () => `/api/live-links/${requestId}`,
      command: () => commandOf(deps, body, { requestId, contact, gate, last }),
    }).catch(async (error: unknown) => {
      // A refused request holds nobody's place: the corrected form comes a second later.
      if (error instanceof ProblemError && error.problem.status < 500 && error.problem.code !== 'idempotency-key-reused') await releaseClaim(deps, { requestId, key });
      throw error;
    });
  };
}

type Contact = Pick<CreateRequest, 'address' | 'addressLast4' | 'addressHmac' | 'incidentRef' | 'incidentRaw' | 'incidentSystem'>;

function contactOf(deps: LinkHttp, body: CreateLiveLink, requestId: string): Contact {
  const reference = checkReference(body.incidentSystem, body.incidentRef, deps.references);
  if (!reference.ok) throw wrong(reference.code, reference.why);
  const incident = { incidentSystem: reference.reference.system, incidentRaw: reference.reference.raw, incidentRef: reference.reference.normalised };
  // Nothing is kept of the person's telephone for a code that is read out; the list of unsafe contacts still wants a number if there is one.
  const address = addressOf(deps, body);
  if (address === undefined) return { ...incident, addressHmac: addressHmac(deps.secrets, `code:${requestId}`) };
  return { ...incident, address, addressLast4: address.slice(-4), addressHmac: addressHmac(deps.secrets, address) };
}

function addressOf({ world }: LinkHttp, body: CreateLiveLink): string | undefined {
  if (body.channel === 'EMAIL') {
    const email = checkEmail(body.email ?? '', world);
    if (!email.ok) throw wrong(email.code, email.why);
    return email.email;
  }
  if (body.channel === 'READ_ALOUD_CODE' && body.msisdn === undefined) return undefined;
  const number = normaliseNumber(body.msisdn ?? '', { world, area: body.area, internationalReason: body.internationalReason });
  if (!number.ok) throw wrong(number.code, number.offers.length ? `${number.why} Other ways: ${number.offers.join(', ')}.` : number.why);
  return number.e164;
}

export function certificateHmac({ secrets }: Pick<LinkDeps, 'secrets'>, certificate: string): string {
  return addressHmac(secrets, certificateText(certificate));
}

function certificateText(certificate: string): string {
  return `certificate:${certificate.trim().toUpperCase()}`;
}

interface Known { readonly requestId: string; readonly contact: Contact; readonly gate: Gate; readonly last: NonNullable<CreateRequest['fal']>['last'] }

function commandOf(deps: LinkHttp, body: CreateLiveLink, { requestId, contact, gate, last }: Known): CreateRequest {
  const { force, msisdn, email, incidentSystem, incidentRef, suspectPresentOrDue, sharedHandset, suspectsNumber, personSaidNo, contactFrom, contactTo, askedAndSafe, safeMethod, slotStartAt, slotEndAt, fal, da, som, cctv, socu, priority, ...rest } = body;
  return {
    do: 'Create', requestId, ...rest, ...contact, gate, addons: [...rest.addons],
    ...(priority !== undefined && { priority }),
    // The tick of the control room's form (goodsam.md 21.38).
    safe: askedAndSafe ? 'LIVE_VOICE' : safeMethod, onVoiceCall: rest.onVoiceCall || askedAndSafe,
    contactFacts: { suspectPresentOrDue, sharedHandset, suspectsNumber, personSaidNo },
    ...(contactFrom !== undefined && contactTo !== undefined && { contactPlan: { allowedFrom: contactFrom, allowedTo: contactTo } }),
    ...(fal && { fal: firearmsOf(deps, fal, { last, slotStartAt, slotEndAt }) }),
    ...(da && { da: domesticOf(da) }), ...(som && { som: offenderOf(som) }), ...(cctv && { cctv: footageOf(cctv) }), ...(socu && { socu }),
  };
}

function firearmsOf(deps: LinkHttp, fal: NonNullable<CreateLiveLink['fal']>, { last, slotStartAt, slotEndAt }: Pick<Known, 'last'> & Pick<CreateLiveLink, 'slotStartAt' | 'slotEndAt'>): NonNullable<CreateRequest['fal']> {
  const { identityChecked, toldVoluntary, firstGrant, policyAllowsGrant, certificate, ...flags } = fal;
  return {
    flags, identityChecked, toldVoluntary, firstGrant, policyAllowsGrant, last, ...(certificate !== undefined && { certificateHmac: certificateHmac(deps, certificate) }),
    ...(slotStartAt !== undefined && slotEndAt !== undefined && { slotStartAt, slotEndAt }),
  };
}

function domesticOf({ riskLevel, ...eligibility }: NonNullable<CreateLiveLink['da']>): NonNullable<CreateRequest['da']> {
  return { eligibility, ...(riskLevel !== undefined && { riskLevel }) };
}

function offenderOf({ registeredLat, registeredLng, ...som }: NonNullable<CreateLiveLink['som']>): NonNullable<CreateRequest['som']> {
  const checked = somRequest.safeParse(som);
  if (!checked.success) throw wrong('ELIGIBILITY_FAILED', 'A check by video is never the only one of its period, and never with a child in view.');
  // A fault of the form and not of the moment (goodsam.md 21.29); the law refuses it as well.
  if (somRisk(checked.data).kind === 'REFUSED') throw wrong('RISK_TOO_HIGH', 'The risk is high: a visit is made. An override needs a reason, and the sergeant.');
  return { ...checked.data, ...(registeredLat !== undefined && { registeredLat }), ...(registeredLng !== undefined && { registeredLng }) };
}

function footageOf({ clockOffsetSeconds, clockMethod, legalFormRef, legalFormIssuedBy, ...cctv }: NonNullable<CreateLiveLink['cctv']>): NonNullable<CreateRequest['cctv']> {
  const checked = cctvRequest.safeParse({
    ...cctv, ...(clockOffsetSeconds !== undefined && clockMethod !== undefined && { clockOffset: { seconds: clockOffsetSeconds, method: clockMethod } }),
    ...(legalFormRef !== undefined && legalFormIssuedBy !== undefined && { legalForm: { ref: legalFormRef, issuedBy: legalFormIssuedBy } }),
  });
  if (!checked.success) throw wrong('request-invalid', checked.error.issues[0]?.message ?? 'The window of the footage is not right.');
  return checked.data;
}
