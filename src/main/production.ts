/**
 * Libraries look at NODE_ENV once, when they are loaded: graphql then checks every value's realm
 * unless it is `production`. So this is imported before everything else.
 */
process.env['NODE_ENV'] ??= 'production';
