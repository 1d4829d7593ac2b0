import type {APIRoute} from "astro";
import {tables} from "../../book/paper/paper.ts";
import {tableCsv} from "../../book/paper/tableView.ts";

/** A file for each table of the paper. */
export const getStaticPaths = () => tables.map(({id}) => ({params: {table: id}}));

/** A table of the paper as CSV. */
export const GET: APIRoute = ({params}) =>
  new Response(tableCsv(params.table!), {headers: {"content-type": "text/csv; charset=utf-8"}});
