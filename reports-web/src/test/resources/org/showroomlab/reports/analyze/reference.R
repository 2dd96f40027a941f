# R 4.2.2, survival 3.5.3, cmprsk 2.2.11, clubSandwich 0.5.8, metafor 3.8.1, rpact 3.3.4: the recipe of reference.json
suppressMessages({library(survival);library(cmprsk);library(clubSandwich);library(metafor);library(rpact);library(jsonlite)})
o<-list()
set.seed(42)
# survival with ties & competing
n<-40; t<-sample(1:12,n,TRUE); s<-sample(0:2,n,TRUE); g<-rep(0:1,n/2)
o$surv<-list(time=t,status=s,g=g)
km<-survfit(Surv(t,s==1)~1,subset=g==0)
sd<-survdiff(Surv(t,s==1)~g); o$lr<-c(sd$chisq,pchisq(sd$chisq,1,lower=FALSE))
ci<-cuminc(t,s,g,cencode=0); o$gray<-ci$Tests
o$ci0<-list(time=ci[["0 1"]]$time,est=ci[["0 1"]]$est,var=ci[["0 1"]]$var)
# any-event survival (status!=0)
aj<-survfit(Surv(t,factor(s,0:2))~1,subset=g==0); sm<-summary(aj)
o$aj0<-list(time=sm$time,p=sm$pstate,se=sm$std.err)
# one-event-type data (no competing)
s2<-as.integer(s==1); k0<-survfit(Surv(t,s2)~1,subset=g==0); o$km0<-list(time=k0$time,surv=k0$surv,se=k0$std.err*k0$surv, med=unname(summary(k0)$table["median"]))
tb<-summary(k0,rmean=8)$table; o$rm0<-unname(tb[c("rmean","se(rmean)")]); 
k1<-survfit(Surv(t,s2)~1,subset=g==1); o$rm1<-unname(summary(k1,rmean=8)$table[c("rmean","se(rmean)")])
o$med1<-unname(summary(k1)$table["median"])
sd2<-survdiff(Surv(t,s2)~g); o$lr2<-c(sd2$chisq,pchisq(sd2$chisq,1,lower=FALSE))
c2<-cuminc(t,s2,g,cencode=0); o$gray2<-c2$Tests
# metafor
yi<-c(.12,.31,-.05,.22,.44,.10,.02); se<-c(.1,.15,.08,.2,.18,.05,.12)
for(m in c("DL","REML","PM")){f<-rma(yi,sei=se,method=m,control=list(threshold=1e-12,maxiter=1000,tol=1e-12)); b<-blup(f)
 o[[paste0("ma",m)]]<-list(mu=f$b[1],se=f$se,tau2=f$tau2,q=f$QE,qp=f$QEp,blup=b$pred)}
# clubSandwich
set.seed(7); G<-10; ng<-sample(3:9,G,TRUE); arm<-c(1,0,1,1,0,0,1,0,0,1); cl<-rep(1:G,ng); tr<-arm[cl]; y<-round(rnorm(length(cl),5+.3*tr)+rnorm(G)[cl],3)
m<-lm(y~tr); ct<-coef_test(m,vcov="CR2",cluster=cl,test="Satterthwaite"); o$cr2<-list(n=ng,sum=as.numeric(tapply(y,cl,sum)),arm=arm,est=ct$beta[2],se=ct$SE[2],df=ct$df[2],p=ct$p_Satt[2])
# rpact, unequal information
for(k in list(c(.2,.55,1),c(.1,.15,.6,.9,1),c(.5,1),seq(.1,1,.1))) for(d in c("asOF","asP")){x<-getDesignGroupSequential(kMax=length(k),alpha=.025,sided=1,typeOfDesign=d,informationRates=k,tolerance=1e-10)
 o[[paste0("gs",d,length(k))]]<-list(t=k,z=x$criticalValues,a=x$alphaSpent)}
# fixed small
a<-c(1.1,2.3,2.9,4.2,5.0);b<-c(101,102,104,103,99.5,107); w<-t.test(b,a); o$welch<-c(w$statistic,w$parameter,w$p.value,w$conf.int)
big<-t.test(b+1e5,a); o$welchbig<-c(big$parameter,big$p.value)
o$fisher<-c(fisher.test(matrix(c(3,17,11,9),2))$p.value,fisher.test(matrix(c(3,17,11,9),2),alternative="less")$p.value,fisher.test(matrix(c(0,10,10,0),2))$p.value)
o$pn<-2*pnorm(-37,0,1); o$chi<-pchisq(1300,1,lower=FALSE); o$pt<-2*pt(-50,12); o$ptbig<-2*pt(-30,500)
o$q7<-quantile(c(3,1,4,1,5,9,2,6),c(.1,.33,.75,.99),names=FALSE)
cat(toJSON(o,digits=I(15),auto_unbox=TRUE))
