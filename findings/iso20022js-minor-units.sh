#!/usr/bin/env bash
# iso20022.js 0.0.15 (on dinero.js 1.9.1): every currency has two decimals, and cents are floats.
#
# One would guess: "minor units" follow the currency, as ISO 20022 and ISO 4217 do, and are whole.
# What happens: the factor is 100 whatever the currency. A statement's 5,000 yen are read as
# 500,000; a payment of 5,000 yen is written as `<InstdAmt Ccy="JPY">50</InstdAmt>`; and 1.15 euro
# are 114.99999999999999 cents, which an integer column or a floor makes 114.
# Who feels it: customers with accounts in yen or won, and any sum of cents.
# Instead: take the amount as text from the XML, and scale it by the currency's own exponent.
set -euo pipefail
. "$(dirname "$0")/prepare.bash"

install iso20022.js@0.0.15 dinero.js@1.9.1

program <<'JS'
import { CashManagementEndOfDayReport, ISO20022 } from 'iso20022.js';

const entry = (currency, amount) => `<Ntry><Amt Ccy="${currency}">${amount}</Amt>
  <CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2024-01-31</Dt></BookgDt>
  <BkTxCd><Prtry><Cd>1</Cd></Prtry></BkTxCd>
  <NtryDtls><TxDtls><Refs><TxId>T1</TxId></Refs></TxDtls></NtryDtls></Ntry>`;
const report = CashManagementEndOfDayReport.fromXML(`<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>
  <GrpHdr><MsgId>M1</MsgId><CreDtTm>2024-01-31T22:00:00</CreDtTm></GrpHdr>
  <Stmt><Id>S1</Id><ElctrncSeqNb>1</ElctrncSeqNb><CreDtTm>2024-01-31T22:00:00</CreDtTm>
    <Acct><Id><Othr><Id>A1</Id></Othr></Id>
      <Svcr><FinInstnId><BIC>BANKJPJT</BIC></FinInstnId></Svcr></Acct>
    <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="JPY">5000</Amt>
      <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2024-01-31</Dt></Dt></Bal>
    ${entry('JPY', '5000')}${entry('EUR', '1.15')}
  </Stmt></BkToCstmrStmt></Document>`);
for (const { amount, currency } of report.entries) console.log('read:', amount, currency);

const account = { accountNumber: 'A1' };
const address = { streetName: 'Street', townName: 'Town', postalCode: '1', country: 'JP' };
const agent = { bic: 'BANKJPJT', bankAddress: { country: 'JP' } };
const bank = new ISO20022({ initiatingParty: { name: 'Payer', id: 'P1', account, agent } });
const creditor = { name: 'Payee', account, address, agent };
const payment = { type: 'swift', direction: 'credit', amount: 5000, currency: 'JPY', creditor };
const xml = bank.createSWIFTCreditPaymentInitiation([payment]).toString();
console.log('written:', xml.match(/<InstdAmt[^]*?<\/InstdAmt>/)[0]);
JS

expected <<'TEXT'
read: 500000 JPY
read: 114.99999999999999 EUR
written: <InstdAmt Ccy="JPY">50</InstdAmt>
TEXT
