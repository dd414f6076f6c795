// Calls the services through clients generated from their documents. It is compiled, never run: what it takes for granted is what a program relies on.
import createClient from 'openapi-fetch';
import type { paths as IngestionPaths, components as IngestionTypes } from './generated/ingestion.js';
import type { paths as InsightsPaths } from './generated/insights.js';

const headers = { 'X-Api-Key': 'a key' };
const ingestion = createClient<IngestionPaths>({ baseUrl: 'http://localhost:5101', headers });
// Lists are CSV and Parquet too: the second type says that this client reads JSON.
const insights = createClient<InsightsPaths, 'application/json' | 'application/problem+json'>({ baseUrl: 'http://localhost:5102', headers });

export async function upload(file: Blob): Promise<number | undefined> {
  const { data, error, response } = await ingestion.POST('/loads/{id}', {
    params: { path: { id: 'transaction_data' }, query: { maxQuarantined: '5%' }, header: { 'Idempotency-Key': crypto.randomUUID() } },
    body: '',
    bodySerializer: () => file,
  });
  if (error) {
    throw new Error(`${response.status} ${error.title}: ${error.detail ?? ''}`);
  }

  return 'id' in data ? data.id : undefined;
}

export async function failedLoads(): Promise<string[]> {
  const { data } = await ingestion.GET('/loads', { params: { query: { state: 'failed', limit: 10 } } });
  return (data?.items ?? []).map(load => `${load.id} ${load.dataset}`);
}

export async function mend(id: number): Promise<IngestionTypes['schemas']['Load'] | undefined> {
  const edits: IngestionTypes['schemas']['MendRequest'] = {
    edits: [{ kind: 'set', reason: 'not_a_number', column: 'QUANTITY', field: 'QUANTITY', to: '1' }],
  };
  const { data } = await ingestion.POST('/loads/{id}/replays', { params: { path: { id } }, body: edits });
  return data?.load;
}

export async function bestHouseholds(): Promise<number> {
  const { data } = await insights.GET('/households', { params: { query: { rfmBin: [5], hasKids: true, sort: '-totalSales' } } });
  return (data?.items ?? []).reduce((sum, household) => sum + household.totalSales, 0);
}

export async function days(): Promise<(number | string | boolean | null | undefined)[]> {
  const { data } = await insights.GET('/tables/{name}', { params: { path: { name: 'daily_sales' } } });
  return (Array.isArray(data) ? data : []).map(row => row['sales_value']);
}
