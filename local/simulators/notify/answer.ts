/** An answer of the simulator; undefined where a request is to stay without one. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal in Notify's shape. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly answer: Answer;
  constructor(status: number, error: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.answer = { status, headers, body: { status_code: status, errors: [{ error, message }] } };
  }
}

export function badRequest(message: string): Refusal {
  return new Refusal(400, 'BadRequestError', message);
}

export function invalid(message: string): Refusal {
  return new Refusal(400, 'ValidationError', message);
}
