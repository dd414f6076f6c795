// Reads products through a client generated from the document of a running service: page by page, and what they add up to. Prints what it found as JSON.
// Usage: node built/read.js ADDRESS, with the key in API_KEY.
import createClient from 'openapi-fetch';
import type { paths, components } from './generated/insights.js';

declare const process: { argv: string[]; env: Record<string, string | undefined> };

type Product = components['schemas']['ProductSummary'];

const insights = createClient<paths, 'application/json' | 'application/problem+json'>({ baseUrl: process.argv[2] ?? '', headers: { 'X-Api-Key': process.env['API_KEY'] ?? '' } });

async function products(): Promise<{ read: Product[]; pages: number; rows: number; sales: number }> {
  const read: Product[] = [];
  let pages = 0;
  let after: string | undefined;
  for (;;) {
    const query = { sort: '-salesValue' as const, limit: 7, ...(after === undefined ? {} : { after }) };
    const { data, error } = await insights.GET('/products', { params: { query } });
    if (error) {
      throw new Error(`${error.status} ${error.title}: ${error.detail ?? ''}`);
    }

    read.push(...data.items);
    pages++;
    if (data.next === null) {
      return { read, pages, rows: data.totals.rows, sales: data.totals.salesValue };
    }

    after = data.next;
  }
}

async function product(id: number): Promise<string> {
  const { data, error } = await insights.GET('/products/{productId}', { params: { path: { productId: id } } });
  return data ? data.commodityDesc : (error.type ?? '');
}

async function firstMatch(text: string): Promise<string> {
  const { data } = await insights.GET('/search', { params: { query: { q: text, kind: 'product' } } });
  return data?.[0]?.text ?? '';
}

// The compiler knows which orders there are.
// @ts-expect-error There is no such order.
void (() => insights.GET('/products', { params: { query: { sort: 'colour' } } }));

const { read, pages, rows, sales } = await products();
const cents = read.reduce((sum, one) => sum + Math.round(one.salesValue * 100), 0);
console.log(JSON.stringify({
  pages,
  rows,
  different: new Set(read.map(one => one.productId)).size,
  inOrder: read.every((one, index) => index === 0 || (read[index - 1] as Product).salesValue >= one.salesValue),
  addsUp: cents === Math.round(sales * 100),
  known: await product(12),
  unknown: await product(1),
  found: await firstMatch('buter'),
}));
