/** Which relationship manager has which customer, from what the bank handed over. */
export interface Book {
  /**
   * The manager's number by customer, as of the bank's business date; null where nobody has the
   * customer or there is no such customer. Throws an outage where that cannot be told.
   */
  managersOf(customerIds: readonly string[]): Promise<ReadonlyMap<string, string | null>>;
}
