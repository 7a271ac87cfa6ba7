import { Agent, request } from 'node:http';

const QUERY = `query Next($id: ID!) { nextBestActions(customerId: $id, channel: AGENT) {
  ... on NextBestActions { decisionId decidedAt factsAsOf release outcome noAction { code text }
    actions { rank action { id name } treatment { id text }
      terms { amount { amount currency } rate }
      propensity { calibrated basis } expectedValue { amount currency }
      factors { propensity context lever value { amount } } reasons { code text }
      presentable approval expiresOn } }
  ... on Refusal { code message } } }`;

/** Who asks, of whom, and about which customers of the demo. */
export interface Asking {
  readonly url: string;
  readonly token: string;
  readonly customers: number;
}

export function headersOf({ token }: Asking): Readonly<Record<string, string>> {
  return { 'content-type': 'application/json', authorization: `Bearer ${token}` };
}

/** The body that asks about a customer; any number will do, it wraps around. */
export function bodyAbout(asking: Asking, number: number): string {
  const id = `C${String(1 + (number % asking.customers)).padStart(6, '0')}`;
  return JSON.stringify({ query: QUERY, variables: { id } });
}

/** True for an answer that holds a decision: an error under status 200 is answered faster. */
export function isDecision(body: unknown): boolean {
  return String(body).includes('"decisionId":"');
}

/** Asks once over kept connections and tells whether a decision came back. */
export function createAsker(asking: Asking): (number: number) => Promise<boolean> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  return (number) =>
    new Promise((resolve) => {
      const options = { method: 'POST', agent, headers: headersOf(asking) };
      const sent = request(`${asking.url}/graphql`, options, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.once('end', () => resolve(response.statusCode === 200 && isDecision(text)));
      });
      sent.once('error', () => resolve(false));
      sent.end(bodyAbout(asking, number));
    });
}
